-- attack: writes what is not its product while it is compiled: the system's files, and gigabytes
-- expect: CE or WA
{-# LANGUAGE TemplateHaskell #-}
import Control.Exception
import Language.Haskell.TH
main :: IO ()
main = putStr $(do
    texts <- runIO (mapM (\path -> (writeFile path "own" >> return ("wrote " ++ path))
        `catch` (\e -> return (show (e :: SomeException))))
        ["/usr/lib/own", "/etc/own", "/own", "@CANARY@", "@ANSWER@", "/var/lib/ghc/own", "/proc/self/oom_score_adj"])
    stringE (unlines texts))
