// attack: names libraries of the host's by directives of scripts
#r "@CANARY@"
#load "@CANARY@"
class Own { static void Main() { System.Console.WriteLine("through"); } }
