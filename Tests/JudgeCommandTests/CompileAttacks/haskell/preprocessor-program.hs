-- attack: has itself preprocessed by a program of the system, with a file of the host's
-- twin: yes
{-# OPTIONS_GHC -F -pgmF /bin/cat -optF @CANARY@ #-}
main :: IO ()
main = return ()
