import qualified Data.ByteString as B

main :: IO ()
main = grow []
  where
    grow kept
      | any B.null kept = putStrLn "empty"
      | otherwise = do
          let block = B.replicate (4 * 1024 * 1024) (fromIntegral (length kept))
          block `seq` grow (block : kept)
