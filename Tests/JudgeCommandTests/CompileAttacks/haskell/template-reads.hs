-- attack: reads a file of the host's while it is compiled, and prints it
-- twin: yes
{-# LANGUAGE TemplateHaskell #-}
import Language.Haskell.TH
main :: IO ()
main = putStr $(runIO (readFile "@CANARY@") >>= stringE)
