import { UserError } from '../domain/errors';

export const usage = `Usage: ringside COMMAND [ARGUMENTS] [OPTIONS]

  experiments [--view active|deleted|all]
  runs EXPERIMENT [--view …] [--filter F] [--order-by O]… [--max N]
  run RUN_ID
  history RUN_ID KEY
  artifacts RUN_ID [PATH]
  download RUN_ID|m-MODEL_ID|MODEL/VERSION|MODEL@ALIAS [PATH] --to FOLDER
                             all of it, a file or a folder; what is there already is never replaced
  models
  versions MODEL
  compare A B …              a run id, MODEL/VERSION or MODEL@ALIAS each
  register RUN_ID MODEL [--artifact PATH]
  alias set MODEL ALIAS VERSION
  alias delete MODEL ALIAS

  create experiment NAME [--artifact-location URI]
  create model NAME [--description TEXT]
  log RUN_ID --metric KEY=VALUE[@STEP]… --param KEY=VALUE… --tag KEY=VALUE…
  end RUN_ID [--status FINISHED|FAILED|KILLED]
  rename THING NAME
  describe THING TEXT        the note of a run or experiment, the description of a model or version
  tag set THING KEY VALUE
  tag delete THING KEY
  delete THING [--yes NAME]  a model or version goes for good: repeat its name, as in --yes 'MODEL v4'
  restore THING
  stage MODEL VERSION STAGE [--archive-existing]
  THING is run RUN_ID, experiment EXPERIMENT, model MODEL or version MODEL VERSION.

  --registry URI   what MLFLOW_TRACKING_URI would be (default: that, ./mlflow.db, ./mlruns)
  --workspace NAME the MLflow workspace of a server (default: MLFLOW_WORKSPACE, then the server's own)
  --json           the answer as JSON on standard output
  --dry-run        print what a write would do, and do nothing
  --verbose        the cause of a failure too
  --help, --version

Exit codes: 0 done, 2 wrong usage or invalid input, 3 the registry refused or could not be reached.`;

/** Wrong words on the command line. */
export function wrongUsage(sentence: string): UserError {
  return new UserError('invalid', sentence, { next: 'See ringside --help.' });
}
