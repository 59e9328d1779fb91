#pragma once

#include <stdbool.h>

// Linking this into an executable is enough for what it does.

// Whether the executable was built with the thread sanitizer.
bool penstock_thread_sanitizer_is_on(void);
