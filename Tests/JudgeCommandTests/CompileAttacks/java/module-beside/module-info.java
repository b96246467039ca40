open module own { requires java.base; requires jdk.compiler; }
