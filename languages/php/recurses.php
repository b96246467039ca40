<?php
function total(int $n): int
{
    return $n === 0 ? 0 : $n + total($n - 1);
}

echo total((int) fgets(STDIN)), "\n";
