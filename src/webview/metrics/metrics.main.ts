import './metricsPage';
