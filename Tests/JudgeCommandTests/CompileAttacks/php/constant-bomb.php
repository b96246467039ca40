<?php
// attack: has constants folded to more than memory has
// expect: CE or WA or RTE or MLE
// time: 3
const A = "0123456789abcdef" . "0123456789abcdef";
if (0) { echo str_repeat("a", 100000000000), 1 << 62, "a" . 10 ** 300 ** 2, range(1, 10000000000); }
echo "checked";
