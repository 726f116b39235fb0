import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * Inside a chroot "/" is no mount point, so Java finds no file store for any path and the engine does not start. This writes a copy of
 * the one class of this JDK that looks mount points up, which reads another file than /proc/mounts. To be used with --patch-module.
 * Arguments: output folder, file to read instead.
 */
public class ChrootMounts {
  private static final String CLASS = "sun/nio/fs/LinuxFileStore.class";
  private static final Set<String> MOUNTS = Set.of("/proc/mounts", "/proc/self/mounts");
  private static final int UTF8 = 1;

  public static void main(String[] arguments) throws IOException {
    Path original = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules/java.base/" + CLASS);
    Path copy = Path.of(arguments[0]).resolve(CLASS);
    Files.createDirectories(copy.getParent());
    try (DataInputStream in = new DataInputStream(Files.newInputStream(original))) {
      Files.write(copy, replaced(in, arguments[1]));
    }
  }

  /** A class file refers to its constants by number, so one may become longer or shorter without further change. */
  private static byte[] replaced(DataInputStream in, String file) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeLong(in.readLong());
    int count = in.readUnsignedShort();
    out.writeShort(count);
    int found = 0;
    for (int number = 1; number < count; number += 1) {
      int tag = in.readUnsignedByte();
      out.writeByte(tag);
      if (tag == UTF8) {
        String text = in.readUTF();
        if (MOUNTS.contains(text)) found += 1;
        out.writeUTF(MOUNTS.contains(text) ? file : text);
      } else {
        out.write(in.readNBytes(sizeOf(tag)));
        // long and double count twice
        if (tag == 5 || tag == 6) number += 1;
      }
    }
    if (found != 1) throw new IOException(CLASS + " of this JDK names " + MOUNTS + " " + found + " times");
    in.transferTo(out);
    return bytes.toByteArray();
  }

  private static int sizeOf(int tag) throws IOException {
    return switch (tag) {
      case 7, 8, 16, 19, 20 -> 2;
      case 15 -> 3;
      case 3, 4, 9, 10, 11, 12, 17, 18 -> 4;
      case 5, 6 -> 8;
      default -> throw new IOException("unknown constant " + tag);
    };
  }
}
