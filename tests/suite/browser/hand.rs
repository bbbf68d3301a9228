//! A hand on the page: a mouse that drags, a finger that taps, at places of the view; a text that is pasted.

use serde_json::json;

use super::Browser;
use super::driver::Extension;

impl Browser {
    /// Presses the mouse at one place, moves it to another and lets go.
    pub async fn drag(&self, from: (f64, f64), to: (f64, f64)) {
        for (kind, (x, y), buttons) in
            [("mouseMoved", from, 0), ("mousePressed", from, 1), ("mouseMoved", to, 1), ("mouseReleased", to, 0)]
        {
            let event = json!({
                "type": kind, "x": x, "y": y, "button": "left", "buttons": buttons, "clickCount": 1,
            });
            self.devtools("Input.dispatchMouseEvent", &event).await;
        }
    }

    /// Gives the browser an authenticator for passkeys, whose user always unlocks it.
    pub async fn with_authenticator(&self) {
        let made = self.client.issue_cmd(Extension::authenticator()).await;
        self.done("give the browser an authenticator", made).await;
    }

    /// Makes the screen one that is touched.
    pub async fn with_touch(&self) {
        let touch = json!({ "enabled": true, "maxTouchPoints": 1 });
        self.devtools("Emulation.setTouchEmulationEnabled", &touch).await;
    }

    /// Touches the screen at a place for a moment.
    pub async fn tap(&self, (x, y): (f64, f64)) {
        let down = json!({ "type": "touchStart", "touchPoints": [{ "x": x, "y": y }] });
        self.devtools("Input.dispatchTouchEvent", &down).await;
        self.devtools("Input.dispatchTouchEvent", &json!({ "type": "touchEnd", "touchPoints": [] })).await;
    }

    /// Puts `words` into the field called `name` at once, in place of what was there.
    pub async fn paste(&self, name: &str, words: &str) {
        let field = self.field(name).await;
        self.done(&format!("empty the field {name}"), field.clear().await).await;
        self.done(&format!("click on the field {name}"), field.click().await).await;
        self.devtools("Input.insertText", &json!({ "text": words })).await;
    }
}
