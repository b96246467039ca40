// The wrappers are all in the header; a target needs one source file to be a library.
#include "CLinux.h"
