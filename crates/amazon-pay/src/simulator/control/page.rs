//! The control page: plain HTML, which works without scripts.

use std::fmt::{self, Write as _};

use axum::body::Body;
use axum::http::{HeaderValue, Response, header};

use super::Page;
use super::chosen::of_merchant;
use super::input::Input;
use super::state::State;
use super::texts::Texts;
use crate::simulator::fault::CATALOGUE;

const STYLE: &str = include_str!("style.css");
/// Nothing from elsewhere, no scripts, no frames.
const POLICY: &str =
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The style sheet.
pub(super) async fn style() -> Page {
    let mut response = Response::new(Body::from(STYLE));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/css; charset=utf-8"));
    response
}

/// The page, with what has just been done or why it was not; then the forms keep what was typed.
pub(super) fn render(
    state: &State,
    texts: &'static Texts,
    done: Option<&str>,
    refused: Option<(&str, &Input)>,
) -> Page {
    let nothing = Input::default();
    let view = View {
        state,
        texts,
        done,
        error: refused.map(|(error, _)| error),
        typed: refused.map_or(&nothing, |(_, typed)| typed),
    };
    let mut html = String::with_capacity(32 * 1024);
    // Writing to a text cannot fail.
    let _written = view.page(&mut html);
    let mut response = Response::new(Body::from(html));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

struct View<'a> {
    state: &'a State,
    texts: &'static Texts,
    done: Option<&'a str>,
    error: Option<&'a str>,
    typed: &'a Input,
}

/// A text with the marks of HTML made harmless.
struct Safe<'a>(&'a str);

impl fmt::Display for Safe<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for character in self.0.chars() {
            match character {
                '&' => formatter.write_str("&amp;"),
                '<' => formatter.write_str("&lt;"),
                '>' => formatter.write_str("&gt;"),
                '"' => formatter.write_str("&quot;"),
                '\'' => formatter.write_str("&#39;"),
                other => formatter.write_char(other),
            }?;
        }
        Ok(())
    }
}

impl View<'_> {
    fn page(&self, html: &mut String) -> fmt::Result {
        let Texts { language, title, intro, to_content, .. } = self.texts;
        write!(
            html,
            "<!DOCTYPE html>\n<html lang=\"{language}\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{title}</title>\
             <link rel=\"stylesheet\" href=\"/simulator/style.css\"></head><body>\
             <a class=\"skip\" href=\"#content\">{to_content}</a>\
             <header><h1>{title}</h1><p class=\"soft\">{intro}</p></header><main id=\"content\">"
        )?;
        if let Some(done) = self.done.and_then(|done| self.texts.done(done)) {
            write!(html, "<p class=\"card notice\" role=\"status\">{done}</p>")?;
        }
        if let Some(error) = self.error {
            let not_done = self.texts.not_done;
            write!(html, "<p class=\"card error\" role=\"alert\">{not_done} {}</p>", Safe(error))?;
        }
        self.merchants(html)?;
        self.figures(html)?;
        self.play(html)?;
        html.push_str("<div class=\"columns\">");
        self.faults(html)?;
        self.keys(html)?;
        html.push_str("</div>");
        self.reports(html)?;
        self.requests(html)?;
        html.push_str("</main></body></html>\n");
        Ok(())
    }

    /// The address of an action for the merchant that is shown.
    fn to(&self, action: &str) -> String {
        let State { merchant_id, merchant_ids, .. } = self.state;
        of_merchant(merchant_id, merchant_ids.len() > 1, action, &[])
    }

    /// Leads to the pages of the other merchants.
    fn merchants(&self, html: &mut String) -> fmt::Result {
        if self.state.merchant_ids.len() < 2 {
            return Ok(());
        }
        write!(html, "<nav class=\"card row\" aria-label=\"{}\">", self.texts.merchant)?;
        for id in &self.state.merchant_ids {
            let current = if *id == self.state.merchant_id { " aria-current=\"page\"" } else { "" };
            write!(html, "<a href=\"{}\"{current}>{}</a>", of_merchant(id, true, "", &[]), Safe(id))?;
        }
        html.push_str("</nav>");
        Ok(())
    }

    fn money(&self, amount: &str) -> String {
        let (minus, digits) = amount.strip_prefix('-').map_or(("", amount), |digits| ("\u{2212}", digits));
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let (point, comma) = if self.texts.language == "de" { (',', '.') } else { ('.', ',') };
        let mut text = minus.to_owned();
        for (place, digit) in whole.chars().enumerate() {
            if place > 0 && (whole.len() - place).is_multiple_of(3) {
                text.push(comma);
            }
            text.push(digit);
        }
        if !part.is_empty() {
            text.push(point);
            text.push_str(part);
        }
        text
    }

    fn figures(&self, html: &mut String) -> fmt::Result {
        let (state, texts) = (self.state, self.texts);
        html.push_str("<section class=\"card\"><dl class=\"figures\">");
        for (name, value) in [
            (texts.world_time, state.time.replace('T', " ").replace('Z', "")),
            (
                texts.open_settlement,
                format!("{} · {} {}", state.settlement_id, state.settlement_rows, texts.rows),
            ),
            (texts.owed, format!("{} {}", self.money(&state.owed), state.currency)),
            (texts.reports, state.report_count.to_string()),
            (texts.charges, state.charge_count.to_string()),
            (texts.requests, state.request_count.to_string()),
        ] {
            write!(html, "<div><dt>{name}</dt><dd>{}</dd></div>", Safe(&value))?;
        }
        html.push_str("</dl></section>");
        Ok(())
    }

    fn field(&self, html: &mut String, label: &str, name: &str, hint: &str, more: &str) -> fmt::Result {
        let typed = Safe(self.typed.text(name));
        write!(
            html,
            "<label>{label}<input name=\"{name}\" value=\"{typed}\" placeholder=\"{hint}\" autocomplete=\"off\" {more}></label>"
        )
    }

    fn play(&self, html: &mut String) -> fmt::Result {
        let [sales, refunds, chargebacks, clock, settlements] =
            ["sales", "refunds", "chargebacks", "clock", "settlements"].map(|action| self.to(action));
        let texts = self.texts;
        let sum = if texts.language == "de" { "119,00" } else { "119.00" };
        write!(html, "<section class=\"card\"><h2>{}</h2><div class=\"columns\">", texts.play)?;
        write!(html, "<form method=\"post\" action=\"{sales}\"><h3>{}</h3>", texts.sale)?;
        self.field(html, texts.amount, "amount", sum, "inputmode=\"decimal\" required")?;
        self.field(html, texts.order_number, "orderNumber", texts.optional, "maxlength=\"100\"")?;
        self.field(html, texts.store, "store", texts.optional, "maxlength=\"100\"")?;
        write!(html, "<button class=\"first\">{}</button></form>", texts.sell)?;

        write!(html, "<form method=\"post\" action=\"{refunds}\"><h3>{}</h3>", texts.reversal)?;
        self.field(html, texts.charge, "chargeId", "P02-…-C…", "list=\"charges\" required")?;
        html.push_str("<datalist id=\"charges\">");
        for charge in &self.state.charges {
            write!(
                html,
                "<option value=\"{}\">{} · {} {}</option>",
                Safe(&charge.charge_id),
                Safe(&charge.order_number),
                self.money(&charge.amount),
                charge.currency
            )?;
        }
        html.push_str("</datalist>");
        self.field(html, texts.amount, "amount", texts.all_that_is_left, "inputmode=\"decimal\"")?;
        write!(
            html,
            "<div class=\"row\"><button>{}</button><button formaction=\"{chargebacks}\">{}</button></div></form>",
            texts.refund, texts.charge_back
        )?;

        write!(html, "<div><form method=\"post\" action=\"{clock}\"><h3>{}</h3>", texts.time)?;
        self.field(html, texts.days, "days", "1", "inputmode=\"numeric\" required")?;
        write!(
            html,
            "<p><button>{}</button></p></form><form method=\"post\" action=\"{settlements}\">\
             <button>{}</button> <p><small>{}</small></p></form></div></div></section>",
            texts.move_clock, texts.close_settlement, texts.close_explained
        )
    }

    fn faults(&self, html: &mut String) -> fmt::Result {
        let [faults, clear, throttling] =
            ["faults", "faults/clear", "throttling"].map(|action| self.to(action));
        let (state, texts) = (self.state, self.texts);
        write!(html, "<section class=\"card\"><h2>{}</h2>", texts.faults)?;
        if state.faults.is_empty() {
            write!(html, "<p class=\"soft\">{}</p>", texts.no_faults)?;
        }
        for fault in &state.faults {
            write!(
                html,
                "<p><code>{}</code> <small>{} {}</small></p>",
                Safe(&fault.rule),
                fault.requests,
                texts.counted
            )?;
        }
        write!(html, "<form method=\"post\" action=\"{faults}\">")?;
        self.field(html, texts.rule, "rule", "download:3=cut:50%", "required")?;
        write!(
            html,
            "<p><small>{}</small></p><div class=\"row\"><button>{}</button></div></form>",
            texts.rule_explained, texts.add_fault
        )?;
        html.push_str("<div class=\"row\">");
        if !state.faults.is_empty() {
            write!(
                html,
                "<form method=\"post\" action=\"{clear}\"><button>{}</button></form>",
                texts.clear_faults
            )?;
        }
        let (now, other, button) = if state.throttling {
            (texts.throttling_on, false, texts.switch_off)
        } else {
            (texts.throttling_off, true, texts.switch_on)
        };
        write!(
            html,
            "<span>{}: {now}</span><form method=\"post\" action=\"{throttling}\">\
             <input type=\"hidden\" name=\"on\" value=\"{other}\"><button>{button}</button></form></div>\
             <details><summary>{}</summary><table><tbody>",
            texts.throttling, texts.all_faults
        )?;
        for (example, meaning) in CATALOGUE {
            write!(
                html,
                "<tr><td><code>{}</code></td><td lang=\"en\">{}</td></tr>",
                Safe(example),
                Safe(meaning)
            )?;
        }
        html.push_str("</tbody></table></details></section>");
        Ok(())
    }

    fn keys(&self, html: &mut String) -> fmt::Result {
        let [keys, revoke] = ["keys", "keys/revoke"].map(|action| self.to(action));
        let (state, texts) = (self.state, self.texts);
        write!(
            html,
            "<section class=\"card\"><h2>{}</h2><p>{}: <code>{}</code></p>",
            texts.keys,
            texts.merchant,
            Safe(&state.merchant_id)
        )?;
        for key in &state.keys {
            write!(html, "<div class=\"row\"><code>{}</code>", Safe(&key.public_key_id))?;
            if key.revoked {
                write!(html, "<small class=\"warn\">{}</small>", texts.revoked)?;
            } else {
                write!(
                    html,
                    "<form method=\"post\" action=\"{revoke}\"><input type=\"hidden\" name=\"publicKeyId\" \
                     value=\"{}\"><button>{}</button></form>",
                    Safe(&key.public_key_id),
                    texts.revoke
                )?;
            }
            html.push_str("</div>");
        }
        write!(
            html,
            "<form method=\"post\" action=\"{keys}\"><label>{}<select name=\"environment\">\
             <option value=\"live\">Live</option><option value=\"sandbox\">Sandbox</option><option value=\"\">{}</option>\
             </select></label><button>{}</button></form><p><small>{}</small></p></section>",
            texts.key_for, texts.older_key, texts.make_key, texts.keys_explained
        )
    }

    fn reports(&self, html: &mut String) -> fmt::Result {
        let texts = self.texts;
        write!(
            html,
            "<section class=\"card\"><h2>{}</h2><div class=\"wide\"><table><thead><tr><th>{}</th><th>{}</th><th>{}</th>\
             <th>{}</th></tr></thead><tbody>",
            texts.latest_reports, texts.created, texts.kind, texts.period, texts.status
        )?;
        let minute = |time: Option<jiff::Timestamp>| {
            time.map(|time| time.strftime("%Y-%m-%d %H:%M").to_string()).unwrap_or_default()
        };
        for report in &self.state.reports {
            write!(
                html,
                "<tr><td class=\"time\">{}</td><td>{}</td><td class=\"time\">{} – {}</td><td>{}</td></tr>",
                minute(report.created_time),
                Safe(report.report_type.as_str()),
                minute(report.start_time),
                minute(report.end_time),
                Safe(report.processing_status.as_str())
            )?;
        }
        html.push_str("</tbody></table></div></section>");
        Ok(())
    }

    fn requests(&self, html: &mut String) -> fmt::Result {
        let texts = self.texts;
        write!(html, "<section class=\"card\"><h2>{}</h2>", texts.latest_requests)?;
        if self.state.requests.is_empty() {
            return write!(html, "<p class=\"soft\">{}</p></section>", texts.no_requests);
        }
        write!(
            html,
            "<div class=\"wide\"><table><thead><tr><th>{}</th><th>{}</th><th class=\"number\">{}</th><th>{}</th></tr></thead><tbody>",
            texts.at, texts.request, texts.status, texts.answer
        )?;
        for entry in &self.state.requests {
            let status_class = if entry.status < 400 { "" } else { " bad" };
            write!(
                html,
                "<tr><td class=\"time\">{}</td><td>{} <code>{}</code></td><td class=\"number{status_class}\">{}</td>\
                 <td>{} <span class=\"warn\">{}</span></td></tr>",
                entry.at.strftime("%H:%M:%S"),
                Safe(&entry.method),
                Safe(&entry.target),
                entry.status,
                Safe(entry.refusal.as_deref().unwrap_or_default()),
                Safe(&entry.faults.join(", "))
            )?;
        }
        html.push_str("</tbody></table></div></section>");
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_html_are_made_harmless() {
        assert_eq!(Safe("<b a=\"1\">&'").to_string(), "&lt;b a=&quot;1&quot;&gt;&amp;&#39;");
    }
}
