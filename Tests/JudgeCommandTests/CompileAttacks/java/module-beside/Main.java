// attack: brings a module that names the host's files as its services and opens everything
// expect: CE or WA
package own;
public class Main {
    public static void main(String[] arguments) throws Exception {
        try {
            System.out.println(new String(java.nio.file.Files.readAllBytes(java.nio.file.Path.of("@CANARY@"))));
        } catch (java.io.IOException error) { System.out.println("held"); }
    }
}
