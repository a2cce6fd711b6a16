import './comparePage';
