<?php
// attack: includes files of the host's in a constant's place, and errs
const A = include "@CANARY@";
