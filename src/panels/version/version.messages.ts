import type { VersionPage } from '../../domain/versionPage';
import type { DetailsContent, DetailsState } from '../details.messages';

export type VersionPanelContent = DetailsContent<VersionPage>;
export type VersionPanelState = DetailsState;
