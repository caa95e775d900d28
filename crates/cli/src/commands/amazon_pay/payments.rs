//! `kontor amazon-pay charge`, `refund` and `charge-permission`: one object, with every field that the API sends.

use clap::Args;
use serde::Serialize;
use serde_json::Value;

use super::connection::{ConnectionArguments, failed};
use super::{Edge, Ending, Told, identifier, show, show_json};
use app::language::Language;

/// Shows a charge
#[derive(Debug, Args)]
pub(super) struct ChargeArguments {
    #[command(flatten)]
    connection: ConnectionArguments,
    /// Its id, such as P02-1234567-1234567-C123456
    #[arg(value_name = "CHARGE-ID")]
    id: String,
}

/// Shows a refund
#[derive(Debug, Args)]
pub(super) struct RefundArguments {
    #[command(flatten)]
    connection: ConnectionArguments,
    /// Its id, such as P02-1234567-1234567-R123456
    #[arg(value_name = "REFUND-ID")]
    id: String,
}

/// Shows a charge permission: the order, with the merchant's number for it
#[derive(Debug, Args)]
pub(super) struct ChargePermissionArguments {
    #[command(flatten)]
    connection: ConnectionArguments,
    /// Its id, such as P02-1234567-1234567
    #[arg(value_name = "CHARGE-PERMISSION-ID")]
    id: String,
}

/// Runs `charge`.
pub(super) async fn charge(arguments: &ChargeArguments, edge: Edge) -> Told<Ending> {
    let id = identifier("CHARGE-ID", &arguments.id, edge.language)?;
    let client = arguments.connection.client(edge.language)?;
    let charge = client.charge(&id).await.map_err(|error| failed(&error, edge.language))?;
    shown(&charge, arguments.connection.json, edge.language)
}

/// Runs `refund`.
pub(super) async fn refund(arguments: &RefundArguments, edge: Edge) -> Told<Ending> {
    let id = identifier("REFUND-ID", &arguments.id, edge.language)?;
    let client = arguments.connection.client(edge.language)?;
    let refund = client.refund(&id).await.map_err(|error| failed(&error, edge.language))?;
    shown(&refund, arguments.connection.json, edge.language)
}

/// Runs `charge-permission`.
pub(super) async fn charge_permission(arguments: &ChargePermissionArguments, edge: Edge) -> Told<Ending> {
    let id = identifier("CHARGE-PERMISSION-ID", &arguments.id, edge.language)?;
    let client = arguments.connection.client(edge.language)?;
    let permission = client.charge_permission(&id).await.map_err(|error| failed(&error, edge.language))?;
    shown(&permission, arguments.connection.json, edge.language)
}

fn shown(object: &impl Serialize, as_json: bool, language: Language) -> Told<Ending> {
    if as_json {
        return show_json(object, language);
    }
    let value = serde_json::to_value(object).map_err(|error| error.to_string())?;
    let mut lines = Vec::new();
    flatten("", &value, &mut lines);
    let width = lines.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    let lines: Vec<String> = lines.iter().map(|(name, value)| format!("{name:<width$}  {value}")).collect();
    show(&lines.join("\n"), language)
}

/// `captureAmount  119.00 EUR`, `statusDetails.state  Captured`: fields by the API's names, which the documentation explains.
fn flatten(prefix: &str, value: &Value, lines: &mut Vec<(String, String)>) {
    match value {
        Value::Null => {}
        Value::Object(object) => {
            let text = |name: &str| object.get(name).and_then(Value::as_str);
            if let (Some(amount), Some(currency), 2) = (text("amount"), text("currencyCode"), object.len()) {
                lines.push((prefix.to_owned(), format!("{amount} {currency}")));
                return;
            }
            for (name, value) in object {
                let dot = if prefix.is_empty() { "" } else { "." };
                flatten(&format!("{prefix}{dot}{name}"), value, lines);
            }
        }
        Value::Array(items) => {
            for (place, item) in items.iter().enumerate() {
                flatten(&format!("{prefix}[{place}]"), item, lines);
            }
        }
        Value::String(text) => lines.push((prefix.to_owned(), text.clone())),
        other => lines.push((prefix.to_owned(), other.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_stand_on_lines_of_their_own_and_amounts_with_their_currency() {
        let value = serde_json::json!({
            "chargeId": "C1",
            "captureAmount": { "amount": "1.00", "currencyCode": "EUR" },
            "statusDetails": { "state": "Captured", "reasons": [{ "reasonCode": "X" }] },
            "platformId": null,
        });
        let mut lines = Vec::new();
        flatten("", &value, &mut lines);
        lines.sort();
        let lines: Vec<String> = lines.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
        assert_eq!(
            lines,
            [
                "captureAmount=1.00 EUR",
                "chargeId=C1",
                "statusDetails.reasons[0].reasonCode=X",
                "statusDetails.state=Captured"
            ]
        );
    }
}
