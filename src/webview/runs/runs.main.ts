import './runsPage';
