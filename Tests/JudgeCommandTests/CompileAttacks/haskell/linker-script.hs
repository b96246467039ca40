-- attack: hands a file of the host's to the linker, which would show its lines
-- expect: CE or WA
{-# OPTIONS_GHC -optl @CANARY@ -optl -Wl,--version-script=@ANSWER@ #-}
main :: IO ()
main = return ()
