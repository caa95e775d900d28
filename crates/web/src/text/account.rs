//! Sicherheit: password, second factor, recovery codes, sessions; and the links that open without a login.

use super::texts;

texts! {
    security_lead: "Ihr Konto: Passwort, zweiter Faktor und wo Sie angemeldet sind.", "Your account: password, second factor, and where you are logged in.";
    current_password: "Jetziges Passwort", "Current password";
    new_password: "Neues Passwort", "New password";
    change_password: "Passwort ändern", "Change password";
    change_password_note: "Alle anderen Sitzungen enden.", "All other sessions end.";
    factor_off: "Mit einem zweiten Faktor reicht ein gestohlenes Passwort nicht. Sie brauchen eine App wie Aegis, FreeOTP oder Google Authenticator.", "With a second factor a stolen password is not enough. You need an app such as Aegis, FreeOTP or Google Authenticator.";
    factor_on: "Der zweite Faktor ist eingerichtet.", "The second factor is set up.";
    factor_set_up: "Zweiten Faktor einrichten", "Set up the second factor";
    factor_remove: "Zweiten Faktor entfernen", "Remove the second factor";
    factor_scan: "Scannen Sie das Bild mit der App, oder tippen Sie das Geheimnis ein. Zum Beweis geben Sie den ersten Code ein.", "Scan the picture with the app, or type the secret. To prove it, enter the first code.";
    factor_secret: "Geheimnis", "Secret";
    factor_prove: "Einschalten", "Switch on";
    codes: "Wiederherstellungscodes", "Recovery codes";
    codes_left[n]: "{n} Wiederherstellungscode ist noch übrig.", "{n} Wiederherstellungscodes sind noch übrig.", "{n} recovery code is left.", "{n} recovery codes are left.";
    codes_renew: "Neue Wiederherstellungscodes", "New recovery codes";
    codes_once: "Drucken Sie die Codes oder legen Sie sie in einen Passwortspeicher: Sie werden nur jetzt gezeigt. Jeder gilt einmal, wenn das Telefon fehlt.", "Print the codes or put them into a password store: they are shown only now. Each works once when the phone is missing.";
    sessions: "Sitzungen", "Sessions";
    session_browser: "Browser", "Browser";
    session_since: "angemeldet", "logged in";
    session_seen: "zuletzt benutzt", "last used";
    session_here: "diese", "this one";
    session_end: "Beenden", "End";
    sessions_end_others: "Alle anderen beenden", "End all others";
    keys_are_there: "API-Schlüssel gehören zu einem Mandanten. Sie stehen dort unter «Benutzer und Rechte».", "API keys belong to a client. They are there under “Users and rights”.";
    forgotten_title: "Passwort vergessen", "Forgot the password";
    forgotten_mail: "Geben Sie Ihre Mailadresse ein. Hat sie hier ein Konto, kommt ein Link, mit dem Sie ein neues setzen.", "Enter your mail address. If it has an account here, a link comes with which you set a new one.";
    forgotten_send: "Link senden", "Send the link";
    forgotten_sent: "Hat diese Adresse ein Konto, ist der Link unterwegs. Er gilt zwei Stunden.", "If this address has an account, the link is on its way. It holds for two hours.";
    forgotten_text: "Der Betreiber dieses Kontors macht Ihnen einen Link, mit dem Sie ein neues setzen. Er ruft dazu auf:", "The operator of this Kontor makes you a link with which you set a new one. He runs:";
    password_for(email): "Neues Passwort für {email}", "New password for {email}";
    password_set: "Passwort setzen", "Set the password";
    password_done: "Das neue Passwort gilt. Bitte anmelden.", "The new password holds. Please log in.";
    invitation: "Einladung", "Invitation";
    invitation_lead(by, client, role): "{by} lädt Sie zu „{client}“ ein, als {role}.", "{by} invites you to “{client}” as {role}.";
    invitation_log_in(email): "Für {email} gibt es schon ein Konto. Melden Sie sich an, dann wird die Einladung angenommen.", "There is an account for {email} already. Log in, then the invitation is accepted.";
    invitation_accept: "Annehmen", "Accept";
    auditor_door: "Zugang für die Prüfung", "Access for an audit";
    auditor_lead(name, client): "Guten Tag, {name}. Sie können „{client}“ lesen, für diesen Zeitraum:", "Hello, {name}. You can read “{client}” for this period:";
    auditor_enter: "Öffnen", "Open";
}
