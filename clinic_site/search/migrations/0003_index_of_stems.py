from django.db import migrations, models
import django.db.models.deletion

# The index is a view of the pages: it is dropped whole, and the next start or the worker makes it anew.
# A later change of the columns of search_passage makes SQLite build the table anew, without these triggers:
# run SQLITE again after it.
SQLITE = (
    """CREATE VIRTUAL TABLE search_index USING fts5(title_stems, names_stems, place_stems, text_stems,
        content='search_passage', content_rowid='id', tokenize='unicode61 remove_diacritics 0')""",
    """CREATE TRIGGER search_passage_added AFTER INSERT ON search_passage BEGIN
        INSERT INTO search_index(rowid, title_stems, names_stems, place_stems, text_stems)
        VALUES (new.id, new.title_stems, new.names_stems, new.place_stems, new.text_stems);
    END""",
    """CREATE TRIGGER search_passage_removed AFTER DELETE ON search_passage BEGIN
        INSERT INTO search_index(search_index, rowid, title_stems, names_stems, place_stems, text_stems)
        VALUES ('delete', old.id, old.title_stems, old.names_stems, old.place_stems, old.text_stems);
    END""",
    """CREATE TRIGGER search_passage_changed AFTER UPDATE ON search_passage BEGIN
        INSERT INTO search_index(search_index, rowid, title_stems, names_stems, place_stems, text_stems)
        VALUES ('delete', old.id, old.title_stems, old.names_stems, old.place_stems, old.text_stems);
        INSERT INTO search_index(rowid, title_stems, names_stems, place_stems, text_stems)
        VALUES (new.id, new.title_stems, new.names_stems, new.place_stems, new.text_stems);
    END""",
)
POSTGRESQL = (
    """ALTER TABLE search_passage ADD COLUMN vector tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', title_stems), 'A') ||
        setweight(to_tsvector('simple', names_stems), 'B') ||
        setweight(to_tsvector('simple', place_stems), 'C') ||
        setweight(to_tsvector('simple', text_stems), 'D')) STORED""",
    "CREATE INDEX search_index ON search_passage USING gin (vector)",
)


def drop_old_index(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE search_index", params=None)
    else:
        schema_editor.execute("ALTER TABLE search_passage DROP COLUMN vector", params=None)
        schema_editor.execute("DROP FUNCTION search_folded", params=None)


def make_index(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        # No parameters: nothing in these texts is a placeholder.
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0002_passages_know_their_cards'),
    ]

    operations = [
        migrations.RunPython(drop_old_index),
        migrations.DeleteModel(name='Piece'),
        migrations.DeleteModel(name='Word'),
        migrations.DeleteModel(name='Passage'),
        migrations.CreateModel(
            name='Word',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(max_length=80, unique=True)),
                ('meant', models.CharField(max_length=80)),
            ],
        ),
        migrations.CreateModel(
            name='Passage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page_version', models.PositiveIntegerField()),
                ('surroundings', models.CharField(blank=True, max_length=40)),
                ('anchor', models.CharField(blank=True, max_length=400)),
                ('is_warning', models.BooleanField(default=False, help_text='Its words are signs that need help, whatever the page is about.')),
                ('title', models.CharField(max_length=400)),
                ('names', models.TextField(blank=True, help_text='Other names, with “; ” between them.')),
                ('place', models.TextField(blank=True, help_text='Names of the page around a section, its address, its areas.')),
                ('text', models.TextField(blank=True)),
                ('title_stems', models.TextField(blank=True)),
                ('names_stems', models.TextField(blank=True)),
                ('place_stems', models.TextField(blank=True)),
                ('text_stems', models.TextField(blank=True)),
                ('page', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='pages.page')),
                ('revision', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='pages.revision')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('page', 'anchor'), name='passage_has_one_place'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='passage_has_a_title')],
            },
        ),
        migrations.RunPython(make_index),
    ]
