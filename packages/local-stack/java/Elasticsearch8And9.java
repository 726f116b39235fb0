import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.node.InternalSettingsPreparer;
import org.elasticsearch.node.Node;
import org.elasticsearch.plugins.PluginBundle;
import org.elasticsearch.plugins.PluginsLoader;

/**
 * Starts one Elasticsearch 8 or 9 node from its jars. Must run from the module path. Arguments: home, data folder, repositories folder,
 * HTTP port, then any number of settings as key=value.
 */
public class Elasticsearch8And9 {

  public static void main(String[] arguments) throws Exception {
    Path home = Path.of(arguments[0]);
    Path data = Path.of(arguments[1]);
    // must come first: without it the engine has no logger factory
    LogConfigurator.registerErrorListener();
    LogConfigurator.configureESLogging();
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
            .put("cluster.routing.allocation.disk.threshold_enabled", false);
    for (String setting : List.of(arguments).subList(4, arguments.length)) {
      String[] parts = setting.split("=", 2);
      settings.put(parts[0], parts[1]);
    }
    Environment environment =
        InternalSettingsPreparer.prepareEnvironment(settings.build(), Map.of(), home.resolve("config"), () -> "node-1");
    LogConfigurator.configure(environment, true);
    PluginsLoader plugins = PluginsLoader.createPluginsLoader(modules(environment.modulesDir()), Set.of(), Map.of());
    Node node = new Node(environment, plugins);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(node)));
    node.start();
    Thread.currentThread().join();
  }

  /** The method has one parameter more in some versions. */
  @SuppressWarnings("unchecked")
  private static Set<PluginBundle> modules(Path folder) throws Exception {
    for (Method method : PluginsLoader.class.getMethods()) {
      if (!method.getName().equals("loadModulesBundles")) continue;
      Object bundles = method.getParameterCount() == 1 ? method.invoke(null, folder) : method.invoke(null, folder, false);
      return (Set<PluginBundle>) bundles;
    }
    throw new IllegalStateException("PluginsLoader.loadModulesBundles is gone");
  }

  private static void close(Node node) {
    try {
      node.close();
    } catch (Exception failure) {
      failure.printStackTrace();
    }
  }
}
