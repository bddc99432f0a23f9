//! S001: not a workbook, damaged, encrypted, or over the limits on size.

use crate::finding::{Argument, Finding, Severity};
use crate::intake::IntakeError;
use crate::language::Text;
use crate::rules::{ALL_FORMS, Check, FileSubject, Rule, form_says};
use crate::workbook::{FileGuess, Quantity, ReadError};

use super::beyond_limits::{counted, found};

/// The rule.
pub static RULE: Rule = Rule {
    code: "S001",
    name: "unreadable-file",
    severity: Severity::Error,
    kinds: ALL_FORMS,
    sources: &[form_says("Skabelonerne udfyldes og indsendes som regneark.")],
    parameters: &[],
    title: Text::new("Filen kan ikke læses", "The file cannot be read"),
    message: Text::new("Filen kan ikke læses: {problem}", "The file cannot be read: {problem}"),
    action: Text::new("{remedy}", "{remedy}"),
    check: Check::File(check),
};

fn check(subject: &FileSubject<'_>) -> Vec<Finding> {
    let Err(error) = subject.workbook else { return Vec::new() };
    let (problem, remedy) = explain(error);
    let finding = Finding::on_file(&RULE).with("problem", problem).with("remedy", Argument::Words(remedy));
    vec![finding]
}

const SAVE_AGAIN: Text = Text::new(
    "Åbn filen i et regnearksprogram, gem den som en ny .xlsx-fil, og kontrollér den igen.",
    "Open the file in a spreadsheet program, save it as a new .xlsx file and check that.",
);

const SEND_WORKBOOK: Text = Text::new(
    "Find det udfyldte regneark (.xlsx), og send det i stedet.",
    "Find the workbook that was filled in (.xlsx) and send that instead.",
);

const UNPACK: Text = Text::new("Pak arkivet ud, og kontrollér mappen.", "Unpack the archive and check the folder.");

const SAVE_ATTACHMENTS: Text =
    Text::new("Gem de vedhæftede regneark, og kontrollér dem.", "Save the attached workbooks and check those.");

const COPY_TO_BLANK_FORM: Text = Text::new(
    "Kopiér de udfyldte felter over i en ny, tom skabelon, og send den.",
    "Copy the fields into a new blank form and send that.",
);

/// What is wrong with the file, and how to mend it.
fn explain(error: &IntakeError) -> (Argument, Text) {
    let (problem, remedy) = match error {
        IntakeError::Read(ReadError::TooLarge { what, found, limit }) => {
            return (too_much(*what, *found, *limit), COPY_TO_BLANK_FORM);
        }
        IntakeError::Read(ReadError::Hazardous { hazard, .. }) => {
            return (Argument::Sentence(HARMFUL, Box::new(Argument::Words(found(hazard)))), ASK_THE_SENDER);
        }
        IntakeError::CaseTooLarge { what, limit } => {
            let most = Argument::More(counted(*what), (*limit).into());
            return (Argument::Sentence(CASE_TOO_LARGE, Box::new(most)), SPLIT_THE_CASE);
        }
        IntakeError::Io(_) => (
            Text::new("den kan ikke åbnes på disken.", "it cannot be opened on the disk."),
            Text::new(
                "Undersøg, om filen findes, om du har adgang til den, og om et andet program har låst den.",
                "See whether the file exists, whether you may read it, and whether another program has locked it.",
            ),
        ),
        IntakeError::NotRegular => (
            Text::new("den er ikke en almindelig fil.", "it is not a regular file."),
            Text::new("Læg selve filen i mappen.", "Put the file itself into the folder."),
        ),
        IntakeError::Changed => (
            Text::new("den blev ændret, mens kontrollen kørte.", "it was changed while the check was running."),
            Text::new("Kontrollér den igen.", "Check it again."),
        ),
        IntakeError::Failed => (
            Text::new(
                "kontrollen brød sammen på den, så intet i den er kontrolleret.",
                "the check broke down on it, so nothing in it was checked.",
            ),
            Text::new(
                "Kontrollér filen i hånden, og send den til dem, der vedligeholder programmet.",
                "Check the file by hand and send it to those who maintain the program.",
            ),
        ),
        IntakeError::Read(error) => explain_read(error),
    };
    (Argument::Words(problem), remedy)
}

const HARMFUL: Text = Text::new(
    "den indeholder {}. Det skriver intet regnearksprogram, og det kan skade den, der læser filen.",
    "it holds {}. No spreadsheet program writes that, and it can harm whoever reads the file.",
);

const ASK_THE_SENDER: Text = Text::new(
    "Kopiér de udfyldte felter over i en ny, tom skabelon, og send den. Spørg afsenderen, hvor filen kommer fra.",
    "Copy the fields into a new blank form and send that. Ask the sender where the file comes from.",
);

const CASE_TOO_LARGE: Text = Text::new(
    "dens sag har {}, og denne er ikke blandt de første, så den er ikke kontrolleret.",
    "its case has {}, and this is not among the first, so it was not checked.",
);

const SPLIT_THE_CASE: Text = Text::new(
    "Se efter, om filerne har fået det forkerte journalnummer, og fjern dem, der er sendt flere gange.",
    "See whether the files carry the wrong journal number, and remove those that were sent more than once.",
);

/// How much there is of something, and how much there may be.
fn too_much(what: Quantity, found: u64, limit: u64) -> Argument {
    let sentence = Text::new("den har {}, så den er ikke kontrolleret.", "it has {}, so it was not checked.");
    Argument::Sentence(sentence, Box::new(Argument::Excess(counted(what), found.into(), limit.into())))
}

fn explain_read(error: &ReadError) -> (Text, Text) {
    match error {
        ReadError::Empty => (
            Text::new("den er tom (0 byte).", "it is empty (0 bytes)."),
            Text::new("Send filen igen; den er ikke kommet med.", "Send the file again; it did not come through."),
        ),
        ReadError::Encrypted => (
            Text::new("den er beskyttet med en adgangskode.", "it is protected by a password."),
            Text::new(
                "Åbn den med adgangskoden, fjern koden under Filer > Oplysninger > Beskyt projektmappe, og gem igen. Spørger Excel ikke om en kode, så gem den som ny .xlsx.",
                "Open it with the password, remove that under File > Info > Protect Workbook, and save it again. If Excel asks for no password, save it as a new .xlsx.",
            ),
        ),
        ReadError::Labelled => (
            Text::new(
                "den er krypteret af et følsomhedsmærke, så kun bestemte personer kan åbne den.",
                "it is encrypted by a sensitivity label, so that only certain people can open it.",
            ),
            Text::new(
                "Åbn den i Excel, vælg under Hjem > Følsomhed et mærke uden kryptering (eller intet), gem den, og send den igen. Kan mærket ikke fjernes, så spørg den, der har ansvaret for it.",
                "Open it in Excel, choose a label without encryption (or none) under Home > Sensitivity, save it and send it again. If the label cannot be removed, ask whoever is responsible for IT.",
            ),
        ),
        ReadError::TooSlow { .. } => (
            Text::new(
                "det tog længere tid at læse den, end der er sat af til en fil.",
                "reading it took longer than is allowed for a file.",
            ),
            COPY_TO_BLANK_FORM,
        ),
        ReadError::NotAWorkbook(guess @ (FileGuess::OtherSpreadsheet | FileGuess::AppleDocument)) => {
            (explain_guess(*guess), SAVE_AGAIN)
        }
        ReadError::NotAWorkbook(guess @ (FileGuess::Zip | FileGuess::Archive)) => (explain_guess(*guess), UNPACK),
        ReadError::NotAWorkbook(FileGuess::Mail) => (explain_guess(FileGuess::Mail), SAVE_ATTACHMENTS),
        ReadError::NotAWorkbook(guess) => (explain_guess(*guess), SEND_WORKBOOK),
        ReadError::NoWorksheets => (Text::new("den har ingen regneark.", "it has no worksheets."), SAVE_AGAIN),
        // Those that name what they found are told above.
        ReadError::TooLarge { .. } | ReadError::Hazardous { .. } | ReadError::Damaged { .. } => {
            (Text::new("den er beskadiget.", "it is damaged."), SAVE_AGAIN)
        }
    }
}

fn explain_guess(guess: FileGuess) -> Text {
    match guess {
        FileGuess::Html => Text::new("den er en webside, ikke et regneark.", "it is a web page, not a workbook."),
        FileGuess::Csv => Text::new(
            "den er en tekstfil med adskilte værdier (CSV), ikke et regneark.",
            "it is a text file of separated values (CSV), not a workbook.",
        ),
        FileGuess::Text => Text::new("den er en tekstfil, ikke et regneark.", "it is a text file, not a workbook."),
        FileGuess::Xml => Text::new("den er en XML-fil, ikke et regneark.", "it is an XML file, not a workbook."),
        FileGuess::OtherSpreadsheet => Text::new(
            "den er et regneark i et format, som ikke læses her, fx fra en ældre udgave af Excel.",
            "it is a spreadsheet in a format that is not read here, from an older version of Excel, say.",
        ),
        FileGuess::AppleDocument => Text::new(
            "den er et dokument fra et af Apples programmer, fx Numbers.",
            "it is a document of one of Apple's programs, Numbers, say.",
        ),
        FileGuess::Pdf => Text::new("den er en PDF, ikke et regneark.", "it is a PDF, not a workbook."),
        FileGuess::Image => Text::new("den er et billede, ikke et regneark.", "it is a picture, not a workbook."),
        FileGuess::TextDocument | FileGuess::OleContainer => Text::new(
            "den er et tekstdokument eller en anden Office-fil, ikke et regneark.",
            "it is a text document or another Office file, not a workbook.",
        ),
        FileGuess::Presentation => {
            Text::new("den er en præsentation, ikke et regneark.", "it is a presentation, not a workbook.")
        }
        FileGuess::Zip => Text::new(
            "den er et zip-arkiv, og det, der ligger i arkivet, er ikke kontrolleret.",
            "it is a zip archive, and what is in the archive was not checked.",
        ),
        FileGuess::Archive => Text::new(
            "den er et arkiv, og det, der ligger i arkivet, er ikke kontrolleret.",
            "it is an archive, and what is in the archive was not checked.",
        ),
        FileGuess::Mail => Text::new(
            "den er en mail, og det, der er vedhæftet, er ikke kontrolleret.",
            "it is a mail, and what is attached was not checked.",
        ),
        FileGuess::Unknown => Text::new("den er ikke et regneark.", "it is not a workbook."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    #[test]
    fn a_file_that_took_too_long_says_so_in_both_languages() {
        let error = IntakeError::Read(ReadError::TooSlow { limit: 60 });
        let findings = check(&FileSubject { workbook: Err(&error), recognised: false });
        let message = |language| findings[0].message(language);
        assert!(message(Language::Danish).contains("tog længere tid"), "{}", message(Language::Danish));
        assert!(message(Language::English).contains("took longer than is allowed"), "{}", message(Language::English));
    }
}
