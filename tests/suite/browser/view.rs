//! How the page is looked at: the size of the view, the reader's wishes, pictures of it.

use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::Browser;
use super::driver::Extension;

impl Browser {
    /// Makes the view this large, in CSS pixels: 320 x 640 for the smallest phone.
    pub async fn resize(&self, width: u32, height: u32) {
        let size = json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false,
        });
        self.devtools("Emulation.setDeviceMetricsOverride", &size).await;
    }

    /// Shows pages as on `media` (`screen`, `print`) to a reader with these wishes:
    /// `[("prefers-color-scheme", "dark")]`. Holds until the next call.
    pub async fn emulate(&self, media: &str, wishes: &[(&str, &str)]) {
        let features: Vec<Value> = wishes.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        let emulated = json!({ "media": media, "features": features });
        self.devtools("Emulation.setEmulatedMedia", &emulated).await;
    }

    /// Whether the page is wider than its view, so that a reader must scroll sideways (WCAG 1.4.10).
    pub async fn scrolls_sideways(&self) -> bool {
        let wider = "const page = document.scrollingElement; \
            return page.scrollWidth > page.clientWidth;";
        self.look(wider).await == Value::Bool(true)
    }

    /// Saves the whole page, from top to bottom, as `target/screenshots/NAME.png` and returns the
    /// file's path.
    pub async fn screenshot(&self, name: &str) -> PathBuf {
        let options = json!({ "format": "png", "captureBeyondViewport": true, "optimizeForSpeed": true });
        // A bar at the side would be cut off, and what lies under it.
        self.devtools("Emulation.setScrollbarsHidden", &json!({ "hidden": true })).await;
        let answer = self.devtools("Page.captureScreenshot", &options).await;
        self.devtools("Emulation.setScrollbarsHidden", &json!({ "hidden": false })).await;
        let picture = STANDARD.decode(answer.get("data").and_then(Value::as_str).unwrap_or_default());
        let picture = self.done("take a picture", picture).await;
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/screenshots");
        let file = folder.join(format!("{name}.png"));
        std::fs::create_dir_all(&folder)
            .and_then(|()| std::fs::write(&file, picture))
            .unwrap_or_else(|fault| panic!("cannot write {}: {fault}", file.display()));
        file
    }

    /// The page as it is printed: a PDF.
    pub async fn paper(&self) -> Vec<u8> {
        let answer = self.devtools("Page.printToPDF", &json!({ "preferCSSPageSize": true })).await;
        let paper = STANDARD.decode(answer.get("data").and_then(Value::as_str).unwrap_or_default());
        self.done("print", paper).await
    }

    pub(super) async fn devtools(&self, command: &str, parameters: &Value) -> Value {
        let answer = self.client.issue_cmd(Extension::devtools(command, parameters)).await;
        self.done(command, answer).await
    }
}
