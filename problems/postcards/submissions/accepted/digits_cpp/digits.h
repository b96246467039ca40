#pragma once

// Six digits in base 128; each postcard has a digit and its place.
const int places = 6;
const long long base = 128;
