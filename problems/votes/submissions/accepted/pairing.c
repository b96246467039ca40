long long winner(int n, const long long *votes) {
    long long left = -1;
    int lead = 0, count = 0;
    for (int i = 0; i < n; i++) {
        if (lead == 0) left = votes[i];
        lead += votes[i] == left ? 1 : -1;
    }
    for (int i = 0; i < n; i++) count += votes[i] == left;
    return 2 * count > n ? left : -1;
}
