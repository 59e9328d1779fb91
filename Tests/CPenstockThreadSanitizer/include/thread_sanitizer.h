#pragma once

// Nothing to call: linking this into a test executable is enough.
