BEGIN {
    while (1) kept[n++] = sprintf("%*s", 4 * 2 ^ 20, "")
}
