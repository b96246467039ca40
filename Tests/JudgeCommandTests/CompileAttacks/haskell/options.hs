-- attack: names other outputs, plugins, linker's options and packages of the host's
-- expect: CE
{-# OPTIONS_GHC -o @CANARY@ -fplugin=Own -package-db @CANARY@ -optl @ANSWER@ -optl-Wl,-T,@CANARY@ #-}
main :: IO ()
main = return ()
