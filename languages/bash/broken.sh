main() {
  echo never

main
