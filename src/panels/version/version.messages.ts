import type { VersionPage } from '../../domain/versionPage';
import type { DetailsContent, DetailsHost, DetailsState } from '../details.messages';

export type VersionHost = DetailsHost<VersionPage>;
export type VersionPanelContent = DetailsContent<VersionPage>;
export type VersionPanelState = DetailsState;
