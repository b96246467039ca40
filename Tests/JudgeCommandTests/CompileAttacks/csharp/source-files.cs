// attack: has documentation taken from files of the host's
// expect: CE or WA
/// <include file='@CANARY@' path='//*' />
class Own { static void Main() { System.Console.WriteLine("ran"); } }
