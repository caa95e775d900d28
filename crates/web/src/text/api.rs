//! The page about the REST API.

use super::texts;

texts! {
    api_title: "REST-API", "REST API";
    api_lead: "Was eine Seite kann, kann auch ein Programm. Ein Schlüssel gehört zu einem Mandanten; Inhaber legen ihn unter «Benutzer und Rechte» an und geben ihn als Authorization: Bearer kontor_… mit.", "What a page does, a program can do too. A key belongs to one client; owners make it under «Users and rights», and it is sent as Authorization: Bearer kontor_….";
    api_operation: "Adresse", "Address";
    api_what: "Wozu", "What for";
    api_takes: "Nimmt", "Takes";
    api_gives: "Gibt", "Gives";
    api_schemas: "Formen", "Shapes";
    api_schema: "Form", "Shape";
    api_field: "Feld (? kann fehlen)", "Field (? may be missing)";
    api_type: "Art", "Type";
    api_meaning: "Bedeutung", "Meaning";
}
