import type { YamlMap } from "./yaml";

/** A database that tests need, as a service container beside the job. */
export interface Database {
  readonly kind: keyof typeof kinds;
  /** As the compose file names it. */
  readonly image: string;
  readonly service: YamlMap;
  /** Where tests find it. */
  readonly env: Readonly<Record<string, string>>;
}

interface Kind {
  readonly images: RegExp;
  readonly port: number;
  readonly env: Readonly<Record<string, string>>;
  readonly health: string;
  readonly url: readonly [name: string, url: string];
}

// Passwords of a database that lives as long as the job and that nobody else reaches.
const kinds = {
  postgres: {
    images: /(^|\/)(postgres|postgis|pgvector|timescaledb)$/,
    port: 5432,
    env: { POSTGRES_PASSWORD: "postgres" },
    health: "pg_isready",
    url: ["DATABASE_URL", "postgres://postgres:postgres@localhost:5432/postgres"],
  },
  mysql: {
    images: /(^|\/)(mysql|mariadb)$/,
    port: 3306,
    env: { MYSQL_ROOT_PASSWORD: "mysql", MYSQL_DATABASE: "test" },
    health: "mysqladmin ping -h 127.0.0.1 || mariadb-admin ping -h 127.0.0.1",
    url: ["DATABASE_URL", "mysql://root:mysql@127.0.0.1:3306/test"],
  },
  redis: {
    images: /(^|\/)(redis|valkey)$/,
    port: 6379,
    env: {},
    health: "redis-cli ping || valkey-cli ping",
    url: ["REDIS_URL", "redis://localhost:6379"],
  },
  mongo: {
    images: /(^|\/)mongo$/,
    port: 27017,
    env: {},
    health: "mongosh --quiet --eval 1",
    url: ["MONGODB_URL", "mongodb://localhost:27017/test"],
  },
} as const satisfies Readonly<Record<string, Kind>>;

/** The databases that compose files name, one of a kind. */
export function databasesIn(composeFiles: readonly string[]): Database[] {
  const images = composeFiles.flatMap((text) =>
    [...text.matchAll(/^\s+image:\s*["']?([\w./-]+(?::[\w.-]+)?)["']?\s*(?:#.*)?$/gm)].map(
      (hit) => hit[1] ?? "",
    ),
  );
  return (Object.keys(kinds) as (keyof typeof kinds)[]).flatMap((kind) => {
    const { images: form, port, env, health, url }: Kind = kinds[kind];
    const image = images.find((each) => form.test(each.split(":")[0] ?? ""));
    if (image === undefined) return [];
    const options = `--health-cmd "${health}" --health-interval 5s --health-timeout 5s --health-retries 20`;
    return [
      {
        kind,
        image,
        service: {
          image,
          ...(Object.keys(env).length > 0 ? { env } : {}),
          ports: [`${port}:${port}`],
          options,
        },
        env: { [url[0]]: url[1] },
      },
    ];
  });
}
