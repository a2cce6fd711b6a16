import type { RunPage } from '../../domain/runPage';
import type { DetailsContent, DetailsHost, DetailsState } from '../details.messages';

export type RunHost = DetailsHost<RunPage>;
export type RunPanelContent = DetailsContent<RunPage>;
export type RunPanelState = DetailsState;
