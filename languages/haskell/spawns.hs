import Control.Concurrent
import Control.Monad
import System.Process

main :: IO ()
main = do
  done <- newEmptyMVar
  replicateM_ 4 $ forkIO $ putMVar done ()
  replicateM_ 4 $ takeMVar done
  callProcess "/bin/true" []
  putStrLn "spawned"
