import { readFileSync } from "node:fs";
import { defineConfig, type Plugin } from "vite";

const PICTURES = ["icons.svg", "mark.svg"];

/** Puts the icon sprite and the mark beside the scripts under hashed names, so that browsers may keep them for ever. */
function pictures(): Plugin {
  return {
    name: "hezou-pictures",
    apply: "build",
    buildStart() {
      for (const name of PICTURES) {
        const file = `frontend/${name}`;
        this.addWatchFile(file);
        this.emitFile({ type: "asset", name, originalFileName: file, source: readFileSync(file, "utf-8") });
      }
    },
  };
}

export default defineConfig({
  // Addresses inside the manifest stay relative; the template tags put the static root before them.
  base: "./",
  publicDir: false,
  plugins: [pictures()],
  css: {
    preprocessorOptions: { scss: { loadPaths: ["node_modules"] } },
  },
  build: {
    // Office PCs run Chrome-90-class browsers.
    target: "chrome90",
    cssTarget: "chrome90",
    outDir: "src/hezou/web/static/dist",
    emptyOutDir: true,
    manifest: "manifest.json",
    // Every file is a file: the page's policy allows no data: script, style or font.
    assetsInlineLimit: 0,
    modulePreload: false,
    rollupOptions: {
      // htmx can evaluate text; our pages forbid it twice, by its own setting and by their policy.
      onLog(level, log, handle) {
        if (log.code !== "EVAL" || !log.id?.includes("/htmx.org/")) handle(level, log);
      },
      // One entry per page that needs its own script; ordinary pages load `main` alone.
      input: {
        main: "frontend/src/main.ts",
        editor: "frontend/src/editor.ts",
        compare: "frontend/src/compare.ts",
        keys: "frontend/src/keys.ts",
        selecting: "frontend/src/selecting.ts",
      },
      output: {
        hashCharacters: "hex",
        entryFileNames: "[name].[hash:12].js",
        chunkFileNames: "[name].[hash:12].js",
        assetFileNames: "[name].[hash:12].[ext]",
      },
    },
  },
});
