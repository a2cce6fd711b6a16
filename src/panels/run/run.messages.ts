import type { RunPage } from '../../domain/runPage';
import type { DetailsContent, DetailsState } from '../details.messages';

export type RunPanelContent = DetailsContent<RunPage>;
export type RunPanelState = DetailsState;
