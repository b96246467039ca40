-- attack: looks around while it is compiled: environment, directories, answers
-- expect: CE or WA
{-# LANGUAGE TemplateHaskell #-}
import Control.Exception
import Language.Haskell.TH
import System.Environment
import System.IO
main :: IO ()
main = putStr $(do
    let try' :: IO String -> IO String
        try' action = action `catch` (\e -> return (show (e :: SomeException)))
    texts <- runIO (sequence [try' (show <$> getEnvironment), try' (readFile "@ANSWER@"), try' (readFile "@DATABASE@"),
        try' (readFile "/etc/shadow"), try' (readFile "/proc/1/environ"), try' (readFile "/proc/1/cmdline"), try' getContents])
    stringE (unlines texts))
