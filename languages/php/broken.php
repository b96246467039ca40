<?php
function main( {
    echo "never\n";
}

main();
