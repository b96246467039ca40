<?php
while (true) {
    echo str_repeat("flood", 1000), "\n";
}
