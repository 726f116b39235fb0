import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.opensearch.Version;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.plugins.PluginInfo;

/**
 * Starts one OpenSearch 2 or 3 node from its jars. Arguments: home, data folder, repositories folder, HTTP port, then any number of
 * settings as key=value. The system property tandem.plugin names the class of one more plugin on the class path, in version 2.
 */
public class OpenSearch2And3 {

  /** The constructor that takes plugins is protected. It takes their classes in version 2, their descriptions in version 3. */
  static class NodeWithPlugins extends Node {
    @SuppressWarnings({"rawtypes", "unchecked"})
    NodeWithPlugins(Environment environment, Collection plugins) {
      super(environment, plugins, false);
    }
  }

  public static void main(String[] arguments) throws Exception {
    Path home = Path.of(arguments[0]);
    Path data = Path.of(arguments[1]);
    Settings.Builder settings =
        Settings.builder()
            .put("path.home", home)
            .put("path.data", data.resolve("data"))
            .put("path.logs", data.resolve("logs"))
            .put("path.repo", arguments[2])
            .put("http.port", arguments[3])
            // 0: any free port; one that others join has another among its settings
            .put("transport.port", "0")
            .put("network.host", "127.0.0.1")
            .put("discovery.type", "single-node")
            .put("cluster.name", "tandem-local")
            .put("cluster.routing.allocation.disk.threshold_enabled", false)
            .put("action.destructive_requires_name", true);
    for (String setting : List.of(arguments).subList(4, arguments.length)) {
      String[] parts = setting.split("=", 2);
      settings.put(parts[0], parts[1]);
    }
    Environment environment =
        InternalSettingsPreparer.prepareEnvironment(settings.build(), Map.of(), home.resolve("config"), () -> "node-1");
    Node node = new NodeWithPlugins(environment, plugins());
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(node)));
    node.start();
    Thread.currentThread().join();
  }

  private static List<Object> plugins() throws ClassNotFoundException {
    List<Object> plugins = new ArrayList<>(List.of(httpTransport()));
    String further = System.getProperty("tandem.plugin");
    if (further != null) plugins.add(Class.forName(further));
    return plugins;
  }

  /** The plugin on the class path that listens for HTTP. */
  private static Object httpTransport() throws ClassNotFoundException {
    if (Version.CURRENT.major == 2) return Class.forName("org.opensearch.transport.Netty4Plugin");
    String plugin = "org.opensearch.transport.Netty4ModulePlugin";
    return new PluginInfo("transport-netty4", "", "", Version.CURRENT, "", plugin, null, List.of(), false);
  }

  private static void close(Node node) {
    try {
      node.close();
    } catch (Exception failure) {
      failure.printStackTrace();
    }
  }
}
