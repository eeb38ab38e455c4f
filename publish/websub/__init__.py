"""WebSub (W3C Recommendation, 2018): telling hubs of changes, and being one."""
