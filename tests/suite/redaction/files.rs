//! Files of a comment out of which words were taken: nobody has them unless a moderator has looked through them.

use super::{NORM, passage, published, take_out};
use crate::harness::comments::send;
use crate::harness::{Answer, Person, Server, on_both};

/// A comment with two files.
fn with_files(ada: &Person) -> String {
    let form = ada.whole_form(NORM, "Ask Jan Qwertz about it.");
    let form =
        form.choose("attachment", "letter.txt", "Dear Jan Qwertz, ...").choose("attachment", "table.csv", "a,b\n1,2\n");
    send(&form)
}

/// The addresses of the files that a page shows.
fn files(page: &Answer) -> Vec<String> {
    let (dom, anchors) = (page.dom(), crate::harness::client::css("a[href^='/attachments/']"));
    let links = dom.select(&anchors);
    links.filter_map(|link| link.value().attr("href")).map(str::to_owned).collect()
}

on_both! {
    fn files_are_given_out_only_if_each_was_cleared(server: Server) {
        let (ada, mo, reader) = (server.stakeholder("ada"), server.moderator("mo"), server.anonymous());
        let reference = with_files(&ada);
        mo.publish(&reference);
        let path = format!("/comments/{reference}");
        let both = files(&reader.get(&path).expect(200));
        assert_eq!(both.len(), 2);
        reader.get(&both[0]).expect(200);
        take_out(&mo, &reference, "Jan Qwertz");
        assert_eq!(files(&reader.get(&path).expect(200)), Vec::<String>::new());
        for file in &both {
            reader.get(file).expect(404).lacks("Qwertz");
            ada.get(file).expect(200);
            mo.get(file).expect(200);
        }
        // The next time one is cleared; a later redaction asks again.
        let check = passage(&mo, &reference, "about").go("preview").expect(200).form("main form");
        let table = both.iter().find(|file| ada.get(file).text().contains("1,2")).unwrap();
        let letter = both.iter().find(|file| *file != table).unwrap();
        let name = format!("file-{}", table.trim_start_matches("/attachments/"));
        let unread = check.clone().set(&name, "yes").set("statement", " ").go("publish").expect(422).form("main form");
        assert_eq!(unread.value(&name), "yes", "the tick is kept");
        check.set(&name, "yes").go("publish").expect(303);
        assert_eq!(files(&reader.get(&path).expect(200)), std::slice::from_ref(table));
        reader.get(table).expect(200);
        reader.get(letter).expect(404);
        take_out(&mo, &reference, "it");
        reader.get(table).expect(404);
        // Nobody clears a file of another comment.
        let other = published(&ada, &mo, "Ask Jan Qwertz about that.");
        let check = passage(&mo, &other, "Jan Qwertz").go("preview").expect(200).form("main form");
        check.forge(&name, "yes").go("publish").expect(303);
        reader.get(table).expect(404);
        assert_eq!(server.count("cleared_files"), 0);
    }

    fn files_stay_away_where_words_go_with_publishing(server: Server) {
        let (ada, mo, reader) = (server.stakeholder("ada"), server.moderator("mo"), server.anonymous());
        let reference = with_files(&ada);
        let mine = files(&ada.get(&format!("/my-comments/{reference}")).expect(200));
        take_out(&mo, &reference, "Jan Qwertz");
        for file in &mine {
            reader.get(file).expect(404);
        }
        let form = ada.whole_form(NORM, "No words to take out.").choose("attachment", "a.txt", "Plain");
        let plain = send(&form);
        mo.publish(&plain);
        assert_eq!(files(&reader.get(&format!("/comments/{plain}")).expect(200)).len(), 1);
    }
}
