import Control.Monad

main :: IO ()
main = forever $ putStrLn "All work and no play makes Jack a dull boy."
