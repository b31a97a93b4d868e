//! What was measured, as a page for people and one for programs: `target/bench/PART.md` and `PART.json`.

use std::fs;

use super::machine::Machine;
use super::sample::Sample;
use super::table::{Goal, Row, Table};

/// Writes both and prints the first.
pub(crate) fn write(part: &str, about: &str, tables: &[Table]) -> Result<(), String> {
    let machine = Machine::here();
    let page = markdown(part, about, &machine, tables);
    println!("\n{page}");
    for (ending, text) in [("md", page), ("json", json(part, about, &machine, tables))] {
        let file = super::folder()?.join(format!("{part}.{ending}"));
        fs::write(&file, text).map_err(|error| format!("{}: {error}", file.display()))?;
        println!("{}", file.display());
    }
    Ok(())
}

fn markdown(part: &str, about: &str, machine: &Machine, tables: &[Table]) -> String {
    let mut page = format!("{about}\n\n`cargo xtask bench {part}`, {}.\n", machine.words());
    for table in tables {
        let names = names(table);
        page.push_str(&format!("\n**{}** ({}; median, and the middle half)\n\n", table.title, table.unit));
        page.push_str(&format!("| | {} | ratio | goal |\n", names.join(" | ")));
        page.push_str(&format!("| --- |{}\n", " ---: |".repeat(names.len() + 2)));
        for row in &table.rows {
            let cells: Vec<String> = names
                .iter()
                .map(|name| samples(row).find(|sample| sample.name == *name).map_or(String::new(), figure))
                .collect();
            let ratio = row.ratio().map_or(String::new(), |ratio| format!("{ratio:.2}"));
            page.push_str(&format!("| {} | {} | {ratio} | {} |\n", row.what, cells.join(" | "), goals(row)));
        }
        let failures = table.rows.iter().flat_map(|row| {
            let failed = samples(row).filter_map(|sample| Some((sample, sample.failed.as_deref()?)));
            failed.map(|(sample, why)| format!("{}: {} gave no figure: {why}", row.what, sample.name))
        });
        let notes: Vec<String> = failures.chain(table.notes.iter().cloned()).collect();
        for (index, note) in notes.iter().enumerate() {
            page.push_str(if index == 0 { "\n- " } else { "- " });
            page.push_str(note);
            page.push('\n');
        }
    }
    page
}

/// Everybody in the table, ours first.
fn names(table: &Table) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let ours = table.rows.iter().map(|row| &row.ours);
    for sample in ours.chain(table.rows.iter().flat_map(|row| &row.peers)) {
        if !names.contains(&sample.name) {
            names.push(sample.name.clone());
        }
    }
    names
}

fn samples(row: &Row) -> impl Iterator<Item = &Sample> {
    std::iter::once(&row.ours).chain(&row.peers)
}

fn figure(sample: &Sample) -> String {
    match (sample.median(), sample.spread()) {
        (Some(median), Some((low, high))) => format!("{} ({}–{})", digits(median), digits(low), digits(high)),
        _ => "failed".to_owned(),
    }
}

fn goals(row: &Row) -> String {
    let goals = row.goals.iter().map(|goal| {
        let met = match row.meets(*goal) {
            Some(true) => "met",
            Some(false) => "**missed**",
            None => "not measured",
        };
        format!("{}{} {met}", goal.words(), tail(row, *goal))
    });
    goals.collect::<Vec<_>>().join("; ")
}

/// What the median does not tell, where a goal is about it.
fn tail(row: &Row, goal: Goal) -> String {
    match (goal, row.ours.quantile(0.95), row.ours.quantile(1.0)) {
        (Goal::Mostly(_), Some(most), Some(longest)) => {
            format!(": {}, longest {},", digits(most), digits(longest))
        }
        _ => String::new(),
    }
}

/// As many digits as say something.
fn digits(value: f64) -> String {
    match value.abs() {
        100.0.. => format!("{value:.0}"),
        10.0.. => format!("{value:.1}"),
        1.0.. => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}

fn json(part: &str, about: &str, machine: &Machine, tables: &[Table]) -> String {
    let tables = list(tables, |table| {
        let rows = list(&table.rows, |row| {
            let goals = list(&row.goals, |goal| {
                let met = row.meets(*goal).map_or("null".to_owned(), |met| met.to_string());
                format!("{{\"goal\":{},\"met\":{met}}}", quoted(&goal.words()))
            });
            format!(
                "{{\"what\":{},\"ours\":{},\"peers\":{},\"ratio\":{},\"goals\":{goals}}}",
                quoted(&row.what),
                sample(&row.ours),
                list(&row.peers, sample),
                number(row.ratio()),
            )
        });
        format!(
            "{{\"title\":{},\"unit\":{},\"rows\":{rows},\"notes\":{}}}",
            quoted(&table.title),
            quoted(table.unit),
            list(&table.notes, |note| quoted(note))
        )
    });
    format!(
        "{{\"part\":{},\"about\":{},\"date\":{},\"machine\":{},\"tables\":{tables}}}\n",
        quoted(part),
        quoted(about),
        quoted(&machine.date),
        quoted(&machine.words())
    )
}

fn sample(sample: &Sample) -> String {
    format!(
        "{{\"name\":{},\"median\":{},\"values\":{},\"failed\":{}}}",
        quoted(&sample.name),
        number(sample.median()),
        list(&sample.values, |value| number(Some(*value))),
        sample.failed.as_deref().map_or("null".to_owned(), quoted)
    )
}

fn list<T>(items: &[T], one: impl Fn(&T) -> String) -> String {
    format!("[{}]", items.iter().map(one).collect::<Vec<_>>().join(","))
}

/// JSON has no word for what is not a number.
fn number(value: Option<f64>) -> String {
    value.filter(|value| value.is_finite()).map_or("null".to_owned(), |value| value.to_string())
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let sample = |name: &str, values: &[f64]| Sample {
            name: name.to_owned(),
            values: values.to_vec(),
            failed: None,
        };
        let gone = Sample { failed: Some("no \"page\"".to_owned()), ..sample("mutool", &[]) };
        let row = Row {
            what: "page 01".to_owned(),
            ours: sample("kanbao", &[100.0, 120.0, 110.0]),
            peers: vec![sample("pdfium", &[200.0]), gone],
            goals: vec![Goal::Times(0.5)],
        };
        Table { title: "PDF".to_owned(), unit: "ms", rows: vec![row], notes: vec!["one thread".to_owned()] }
    }

    #[test]
    fn people_see_medians_ratios_and_what_failed() {
        let page = markdown("pdf", "Pages.", &Machine::unknown(), &[table()]);
        assert!(page.contains("| | kanbao | pdfium | mutool | ratio | goal |"), "{page}");
        let row = "| page 01 | 110 (105–115) | 200 (200–200) | failed | 0.55 | ≤ 0.50 × **missed** |";
        assert!(page.contains(row), "{page}");
        assert!(page.contains("\n- page 01: mutool gave no figure: no \"page\"\n- one thread\n"), "{page}");
    }

    #[test]
    fn programs_see_every_value() {
        let json = json("pdf", "Pages.", &Machine::unknown(), &[table()]);
        assert!(json.contains(r#""median":110,"values":[100,120,110],"failed":null"#), "{json}");
        assert!(json.contains(r#""values":[],"failed":"no \"page\"""#), "{json}");
        assert!(json.contains(r#""ratio":0.55,"goals":[{"goal":"≤ 0.50 ×","met":false}]"#), "{json}");
    }

    #[test]
    fn figures_have_the_digits_that_say_something() {
        assert_eq!([1234.5, 12.345, 1.2345, 0.01234].map(digits), ["1234", "12.3", "1.23", "0.012"]);
    }
}
