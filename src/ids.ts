/** Every command, view and context-key id; `test/unit/manifest.test.ts` holds package.json to it. */
export const commands = {
  addRegistry: 'ringside.addRegistry',
  switchRegistry: 'ringside.switchRegistry',
  switchWorkspace: 'ringside.switchWorkspace',
  removeRegistry: 'ringside.removeRegistry',
  signIn: 'ringside.signIn',
  signOut: 'ringside.signOut',
  refresh: 'ringside.refresh',
  checkConnection: 'ringside.checkConnection',
  createSample: 'ringside.createSample',
  showLog: 'ringside.showLog',

  sortRuns: 'ringside.sortRuns',
  chooseHeadlineMetric: 'ringside.chooseHeadlineMetric',
  filterRuns: 'ringside.filterRuns',
  clearRunFilter: 'ringside.clearRunFilter',
  filterModels: 'ringside.filterModels',
  clearModelFilter: 'ringside.clearModelFilter',
  showDeleted: 'ringside.showDeleted',
  hideDeleted: 'ringside.hideDeleted',
  loadMore: 'ringside.loadMore',
  goTo: 'ringside.goTo',
  copyId: 'ringside.copyId',
  copyUri: 'ringside.copyUri',
  copySnippet: 'ringside.copySnippet',
  copyLoggingSnippet: 'ringside.copyLoggingSnippet',
  openInWebUi: 'ringside.openInWebUi',
  startMlflowUi: 'ringside.startMlflowUi',
  stopMlflowUi: 'ringside.stopMlflowUi',
  revealRun: 'ringside.revealRun',
  pauseLiveUpdates: 'ringside.pauseLiveUpdates',
  resumeLiveUpdates: 'ringside.resumeLiveUpdates',
  notifyWhenRunEnds: 'ringside.notifyWhenRunEnds',

  openRun: 'ringside.openRun',
  openVersion: 'ringside.openVersion',
  openArtifact: 'ringside.openArtifact',
  openHtml: 'ringside.openHtml',
  runScripts: 'ringside.runScripts',
  download: 'ringside.download',
  revealArtifact: 'ringside.revealArtifact',
  openRuns: 'ringside.openRuns',
  compare: 'ringside.compare',

  registerVersion: 'ringside.registerVersion',
  setAlias: 'ringside.setAlias',
  deleteAlias: 'ringside.deleteAlias',
  setStage: 'ringside.setStage',

  setTag: 'ringside.setTag',
  deleteTag: 'ringside.deleteTag',
  rename: 'ringside.rename',
  editDescription: 'ringside.editDescription',
  logMetric: 'ringside.logMetric',
  logParam: 'ringside.logParam',
  endRun: 'ringside.endRun',
  deleteRun: 'ringside.deleteRun',
  deleteExperiment: 'ringside.deleteExperiment',
  restoreRun: 'ringside.restoreRun',
  restoreExperiment: 'ringside.restoreExperiment',
  newExperiment: 'ringside.newExperiment',
  newModel: 'ringside.newModel',
  deleteModel: 'ringside.deleteModel',
  deleteVersion: 'ringside.deleteVersion',

  deployLocally: 'ringside.deployLocally',
  tryEndpoint: 'ringside.tryEndpoint',
  stopEndpoint: 'ringside.stopEndpoint',
  removeEndpoint: 'ringside.removeEndpoint',
  showEndpointLog: 'ringside.showEndpointLog',
  choosePython: 'ringside.choosePython',
} as const;

export const views = {
  experiments: 'ringside.experiments',
  models: 'ringside.models',
  endpoints: 'ringside.endpoints',
  metrics: 'ringside.metrics',
} as const;

export const panels = {
  run: 'ringside.run',
  runs: 'ringside.runs',
  compare: 'ringside.compare',
  version: 'ringside.version',
  /** An HTML artifact as a page; it is not restored, because nothing of it can keep a state. */
  html: 'ringside.html',
} as const;

export const contextKeys = {
  /** At least one connection is known. */
  hasRegistry: 'ringside.hasRegistry',
  /** The active registry's backend: `rest`, `sqlite` or `files`. */
  storeKind: 'ringside.storeKind',
  canWrite: 'ringside.canWrite',
  /** Its versions have the legacy stages. */
  hasStages: 'ringside.hasStages',
  /** The active registry has more than one of MLflow's workspaces, or shows a chosen one. */
  hasWorkspaces: 'ringside.hasWorkspaces',
  showsDeleted: 'ringside.showsDeleted',
  runsFiltered: 'ringside.runsFiltered',
  modelsFiltered: 'ringside.modelsFiltered',
  mlflowUiRunning: 'ringside.mlflowUiRunning',
  liveUpdatesPaused: 'ringside.liveUpdatesPaused',
  /** Kind of the first element that is selected in a view: `run`, `version`, `group`, … */
  experimentsSelected: 'ringside.experiments.selected',
  modelsSelected: 'ringside.models.selected',
} as const;

export const artifactScheme = 'ringside-artifact';
/** Descriptions and tags that are edited as files. */
export const textScheme = 'ringside-text';
