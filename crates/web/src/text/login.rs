//! Login, second factor, first start.

use super::texts;

texts! {
    login: "Anmelden", "Log in";
    login_lead: "Zahlungen und Gebühren, auf den Cent in die Bücher.", "Payments and fees, to the cent into the books.";
    email: "E-Mail", "E-mail";
    password: "Passwort", "Password";
    forgotten: "Passwort vergessen?", "Forgot your password?";
    second_factor: "Zweiter Faktor", "Second factor";
    second_factor_lead: "Der sechsstellige Code aus Ihrer App, oder einer Ihrer Wiederherstellungscodes.", "The six-digit code from your app, or one of your recovery codes.";
    second_code: "Code", "Code";
    go_on: "Weiter", "Continue";
    setup: "Einrichtung", "Set-up";
    setup_title: "Willkommen bei Kontor", "Welcome to Kontor";
    setup_lead: "Hier gibt es noch niemanden. Wer sich jetzt einträgt, wird Inhaber des ersten Mandanten und lädt alle anderen ein.", "Nobody is here yet. Whoever enters now becomes the owner of the first client and invites everybody else.";
    setup_client: "Firma", "Company";
    setup_client_hint: "so heißt der erste Mandant", "the name of the first client";
    setup_name: "Ihr Name", "Your name";
    setup_password_hint: "mindestens 12 Zeichen", "at least 12 characters";
    setup_code: "Einrichtungscode", "Set-up code";
    setup_code_hint: "steht in der Ausgabe des Servers, damit nur Sie es sein können", "is printed by the server, so that it can only be you";
    setup_button: "Loslegen", "Start";
    self_hosted: "Kontor läuft auf Ihrem eigenen Rechner.", "Kontor runs on your own machine.";
}
