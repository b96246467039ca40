-- attack: includes a file of the host's by the C preprocessor
-- twin: yes
{-# LANGUAGE CPP #-}
#include "@CANARY@"
main :: IO ()
main = return ()
