import django.db.models.deletion
from django.db import migrations, models

# A later change of the columns of search_passage makes SQLite build the table anew, without these triggers:
# run SQLITE again after it.
SQLITE = (
    "DROP TABLE IF EXISTS search_index",
    """CREATE VIRTUAL TABLE search_index USING fts5(
        title, names, place, text, content='search_passage', content_rowid='id',
        tokenize='porter unicode61 remove_diacritics 2', prefix='2 3')""",
    "INSERT INTO search_index(search_index, rank) VALUES ('rank', 'bm25(10.0, 6.0, 1.5, 1.0)')",
    "INSERT INTO search_index(search_index) VALUES ('rebuild')",
    """CREATE TRIGGER search_passage_added AFTER INSERT ON search_passage BEGIN
        INSERT INTO search_index(rowid, title, names, place, text)
        VALUES (new.id, new.title, new.names, new.place, new.text);
    END""",
    """CREATE TRIGGER search_passage_removed AFTER DELETE ON search_passage BEGIN
        INSERT INTO search_index(search_index, rowid, title, names, place, text)
        VALUES ('delete', old.id, old.title, old.names, old.place, old.text);
    END""",
    """CREATE TRIGGER search_passage_changed AFTER UPDATE ON search_passage BEGIN
        INSERT INTO search_index(search_index, rowid, title, names, place, text)
        VALUES ('delete', old.id, old.title, old.names, old.place, old.text);
        INSERT INTO search_index(rowid, title, names, place, text)
        VALUES (new.id, new.title, new.names, new.place, new.text);
    END""",
)
# Sign for sign, so that a place in the folded text is the same place in the text. Without < and > nothing is a tag,
# which PostgreSQL would leave out.
ACCENTED = "ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝàáâãäåçèéêëìíîïñòóôõöøùúûüýÿ"
PLAIN = "AAAAAACEEEEIIIINOOOOOOUUUUYaaaaaaceeeeiiiinoooooouuuuyy"
POSTGRESQL = (
    f"""CREATE FUNCTION search_folded(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
        translate($1, '{ACCENTED}’‘<>', '{PLAIN}''''  ')""",
    """ALTER TABLE search_passage ADD COLUMN vector tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('english', search_folded(title)), 'A') ||
        setweight(to_tsvector('english', search_folded(names)), 'B') ||
        setweight(to_tsvector('english', search_folded(place)), 'C') ||
        setweight(to_tsvector('english', search_folded(text)), 'D')) STORED""",
    "CREATE INDEX search_index ON search_passage USING gin (vector)",
)


def make_index(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        # No parameters: nothing in these texts is a placeholder.
        schema_editor.execute(statement, params=None)


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE search_index", params=None)
    else:
        schema_editor.execute("ALTER TABLE search_passage DROP COLUMN vector", params=None)
        schema_editor.execute("DROP FUNCTION search_folded", params=None)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('pages', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Word',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(max_length=40, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='Passage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page_version', models.PositiveIntegerField()),
                ('anchor', models.CharField(blank=True, max_length=400)),
                ('title', models.CharField(max_length=400)),
                ('names', models.TextField(blank=True, help_text='Other names, with “; ” between them.')),
                ('place', models.TextField(blank=True, help_text='Names of the page around a section, its address, its areas.')),
                ('text', models.TextField(blank=True)),
                ('page', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='pages.page')),
                ('revision', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='pages.revision')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('page', 'anchor'), name='passage_has_one_place'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='passage_has_a_title')],
            },
        ),
        migrations.CreateModel(
            name='Piece',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('signs', models.CharField(max_length=3)),
                ('word', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pieces', to='search.word')),
            ],
            options={
                'indexes': [models.Index(fields=['signs', 'word'], name='piece_of_words')],
            },
        ),
        migrations.RunPython(make_index, drop_index),
    ]
