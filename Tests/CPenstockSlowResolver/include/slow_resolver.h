#pragma once

// How often a name under .slow.test has been asked for.
int penstock_slow_lookups(void);
