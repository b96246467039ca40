<?php
$kept = [];
while (true) {
    $kept[] = str_repeat("x", 4 << 20);
}
