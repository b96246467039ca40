function total(n) {
    return n == 0 ? 0 : n + total(n - 1)
}

{ print total($1) }
