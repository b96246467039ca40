-- attack: starts processes while it is compiled, which outlive it and read the host's files
-- expect: CE or WA
{-# LANGUAGE TemplateHaskell #-}
import Language.Haskell.TH
import System.Process
main :: IO ()
main = putStr $(runIO (do
    _ <- spawnCommand "while :; do cat @CANARY@ @ANSWER@ > /box/program; done 2> /dev/null"
    readProcess "/bin/sh" ["-c", "cat @CANARY@ 2>&1 || true; hostname"] "") >>= stringE)
